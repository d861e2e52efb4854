// Returns the first visible element of a role whose accessible name matches a pattern, or null.
const [role, pattern] = arguments;
const implicit = {
  button: 'button, summary, input[type=button], input[type=submit]',
  link: 'a[href]',
  heading: 'h1, h2, h3, h4, h5, h6',
  textbox: 'input:not([type]), input[type=text], input[type=search], input[type=password], textarea',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  dialog: 'dialog[open]',
  main: 'main',
  complementary: 'aside',
  row: 'tr',
};
const named = new RegExp(pattern);

function text(id) {
  return id.split(/\s+/).map((one) => document.getElementById(one)?.textContent ?? '').join(' ');
}

function name(element) {
  const by = element.getAttribute('aria-labelledby');
  const parts = [
    element.getAttribute('aria-label'),
    by && text(by),
    element.labels?.length && [...element.labels].map((label) => label.textContent).join(' '),
    element.textContent,
    element.getAttribute('title'),
  ];
  return (parts.find((part) => part && part.trim()) ?? '').replace(/\s+/g, ' ').trim();
}

function visible(element) {
  const style = getComputedStyle(element);
  return element.getClientRects().length > 0 && style.visibility === 'visible' && !element.closest('[inert]');
}

const selector = `[role="${role}"]` + (implicit[role] ? `, ${implicit[role]}` : '');
for (const element of document.querySelectorAll(selector)) {
  const own = element.getAttribute('role');
  if ((!own || own === role) && visible(element) && named.test(name(element))) return element;
}
return null;
