import { expect, it } from 'vitest';
import { POLICY } from '../../scripts/vite/policy';
import { agreedOrigins, originOf, originQuery } from '../domain/origins';
import { policyOf } from './connect-policy';

const WORKER = 'https://site.example/sub/assets/connect.worker-Ab1_.js';
const connect = (policy: string) => policy.split('; ').find((part) => part.startsWith('connect-src'));

it('names the agreed origins in the policy of the connecting worker, and nothing else', () => {
  const origins = ['https://es.example:9200', 'http://127.0.0.1:9201'];
  const policy = policyOf(POLICY, `${WORKER}?${originQuery(origins)}`);
  expect(connect(policy)).toBe('connect-src https://es.example:9200 http://127.0.0.1:9201');
  const others = (text: string) => text.split('; ').filter((part) => !part.startsWith('connect-src'));
  expect(others(policy)).toEqual(others(POLICY));
});

it('lets that worker talk to nobody when its address names nobody', () => {
  expect(connect(policyOf(POLICY, WORKER))).toBe("connect-src 'none'");
});

it('leaves every other file the policy of the page', () => {
  for (const path of [
    '',
    'assets/embed.worker-x.js',
    'connect.worker.js/x.js',
    'assets/disconnect.worker.js',
  ])
    expect(policyOf(POLICY, `https://site.example/${path}?origin=https%3A%2F%2Fes.example`)).toBe(POLICY);
});

it.each([
  '*',
  'https://*',
  'https://*.example',
  'https:',
  'https://a; script-src *',
  'https://a;script-src',
  "'self'",
  'https://a/path',
  'https://a.example ',
  'https://A.example',
  'https://user:pw@a.example',
  'https://a.example:443',
  'https://[::1]:9200',
  'data:',
  'ftp://a.example',
  'null',
])('refuses %s as an origin', (name) => {
  expect(agreedOrigins(`?origin=${encodeURIComponent(name)}`)).toEqual([]);
});

it('finds the origin of what a person types', () => {
  expect(originOf('HTTPS://Es.Example:443/base/')).toBe('https://es.example');
  expect(originOf('http://localhost:9200')).toBe('http://localhost:9200');
  expect(originOf('http://192.168.0.7:9200')).toBe('http://192.168.0.7:9200');
  expect(originOf('https://bücher.example/')).toBe('https://xn--bcher-kva.example');
  for (const wrong of ['es.example:9200', 'localhost', '', 'file:///etc', 'https://[::1]/', 'https://*/'])
    expect(originOf(wrong)).toBeNull();
});
