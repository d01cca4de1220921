import { mount } from 'svelte';
import App from './app/App.svelte';
import { offline } from './app/offline.svelte';

mount(App, { target: document.getElementById('app')! });
void offline.start();
