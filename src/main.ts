import { mount } from 'svelte';
import App from './app/App.svelte';
import { offline } from './app/offline.svelte';

if (new URLSearchParams(location.search).has('headless')) {
  void import('./app/headless').then(({ startHeadless }) => startHeadless());
} else {
  mount(App, { target: document.getElementById('app')! });
  void offline.start();
}
