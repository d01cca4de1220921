import type { Block } from './blocks';

const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text that CommonMark (with tables) shows as it is, on one line: its punctuation escaped, so that it becomes neither HTML nor a
 * link.
 */
export function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .replace(HIDDEN, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/([\\`*_[\]#|~!>])/g, '\\$1')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2')
    .replace(/\b(https?|ftp):\/\//gi, '$1&#58;//')
    .replace(/\bwww\./gi, 'www&#46;');
}

/** The document as Markdown with tables as GitHub has them. */
export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  const e = escapeMarkdown;
  switch (block.kind) {
    case 'title':
      return `# ${e(block.text)}`;
    case 'heading':
      return `## ${e(block.text)}`;
    case 'text':
      return e(block.text);
    case 'code':
      return fenced(block.text);
    case 'facts':
      return block.rows.map(([label, value]) => `- ${e(label)}: ${e(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${e(item)}`).join('\n');
    case 'table': {
      const row = (cells: string[]): string => `| ${cells.map(e).join(' | ')} |`;
      const rule = `|${block.head.map(() => ' --- |').join('')}`;
      return [`${e(block.caption)}:`, '', row(block.head), rule, ...block.rows.map(row)].join('\n');
    }
  }
}

/** A fence longer than any run of its own sign within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
