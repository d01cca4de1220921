import type { Artifact } from '../artifact';
import { methodsDocument } from './document';
import type { MethodsFacts } from './facts';
import { toHtml } from './html';
import { toMarkdown } from './markdown';
import type { Words } from './words/en';

export type Language = 'en' | 'fr' | 'ru';
export type MethodsFormat = 'html' | 'md';

/** Texts load with the page that needs them. */
const WORDS: Record<Language, () => Promise<{ words: Words }>> = {
  en: () => import('./words/en'),
  fr: () => import('./words/fr'),
  ru: () => import('./words/ru'),
};

/** The methods page of a project as a file: HTML without scripts, or Markdown. */
export async function methodsPage(
  facts: MethodsFacts,
  language: Language,
  format: MethodsFormat,
): Promise<Artifact> {
  const { words } = await WORDS[language]();
  const blocks = methodsDocument(facts, words);
  const title = words.title(facts.project);
  const text = format === 'html' ? toHtml(blocks, { title, language }) : toMarkdown(blocks);
  const bytes = new TextEncoder().encode(text);
  const type = format === 'html' ? 'text/html' : 'text/markdown';
  return { name: `methods.${format}`, type, chunks: one(bytes) };
}

async function* one(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}
