import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { installHttp } from '$lib/backend';

async function start(): Promise<void> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fake')) {
    const { installFake } = await import('$lib/backend/fake');
    installFake();
  } else if (!('go' in window)) {
    installHttp(); // a browser; in the window Wails has put its own in place by now
  }
  const target = document.getElementById('app');
  if (target) mount(App, { target });
}

void start();
