import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The rooms of the house, top to bottom; each may use the ones listed after it. See docs/architecture.md. */
const rooms = {
  app: ['app', 'jobs', 'exports', 'sources', 'service-worker', 'domain'],
  jobs: ['jobs', 'workers', 'store', 'models', 'domain'],
  workers: ['workers', 'pipeline', 'analysis', 'models', 'gpu', 'simd', 'store', 'domain'],
  pipeline: [
    'pipeline',
    'sources',
    'images',
    'models',
    'analysis',
    'exports',
    'gpu',
    'simd',
    'store',
    'domain',
  ],
  sources: ['sources', 'domain'],
  images: ['images', 'simd', 'domain'],
  models: ['models', 'gpu', 'store', 'domain'],
  analysis: ['analysis', 'gpu', 'simd', 'domain'],
  exports: ['exports', 'domain'],
  gpu: ['gpu', 'domain'],
  simd: ['simd', 'domain'],
  store: ['store', 'domain'],
  'service-worker': ['service-worker', 'domain'],
  domain: ['domain'],
};

export default ts.config(
  { ignores: ['dist', 'coverage', 'test-results', 'playwright-report', 'public', 'src/simd/assembly'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': ['error', { allow: ['warn'] }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    files: ['scripts/**', 'cli/**', 'bench/**', 'test/**', 'e2e/**', '**/*.test.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/**/*.test.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/include': ['src/**/*'],
      'boundaries/elements': Object.keys(rooms).map((type) => ({ type, pattern: `src/${type}` })),
      'import/resolver': { node: { extensions: ['.ts', '.js', '.svelte'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(rooms).map(([type, to]) => ({
            from: { element: { type } },
            allow: { to: { element: { type: to } } },
          })),
        },
      ],
    },
  },
);
