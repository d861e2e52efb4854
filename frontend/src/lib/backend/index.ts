export * from './backend';
export { installHttp } from './http';
