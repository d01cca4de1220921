import type { Block } from './blocks';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Marks that turn the reading direction round, and control characters, made visible. */
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that cannot become markup. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(HIDDEN, '\ufffd')
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}

const STYLE = `body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:11pt/1.5 Georgia,'Times New Roman',serif;color:#111;background:#fff}
h1{font-size:1.6em;line-height:1.25}h2{font-size:1.15em;margin:1.8em 0 .4em}
h1,td,dd,li,p{overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(9rem,auto) 1fr;gap:.15rem 1.2rem;margin:.6em 0}dt{color:#555}dd{margin:0}
table{border-collapse:collapse;margin:.8em 0;font-size:.9em;font-variant-numeric:tabular-nums}
caption{text-align:start;font-style:italic;padding:.2em 0}th,td{padding:.15em .8em .15em 0;border-bottom:1px solid #ccc;text-align:start;vertical-align:top}
pre{white-space:pre-wrap;background:#f4f4f4;padding:.6em .8em;font-size:.85em}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr,li{break-inside:avoid}}`;

/** The document as one file without scripts: a browser that opens it loads nothing else. */
export function toHtml(
  blocks: readonly Block[],
  { title, language }: { title: string; language: string },
): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...blocks.map(blockHtml),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockHtml(block: Block): string {
  const e = escapeHtml;
  switch (block.kind) {
    case 'title':
      return `<h1>${e(block.text)}</h1>`;
    case 'heading':
      return `<h2>${e(block.text)}</h2>`;
    case 'text':
      return `<p>${e(block.text)}</p>`;
    case 'code':
      return `<pre><code>${e(block.text)}</code></pre>`;
    case 'facts':
      return `<dl>\n${block.rows.map(([label, value]) => `<dt>${e(label)}</dt><dd>${e(value)}</dd>`).join('\n')}\n</dl>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${e(item)}</li>`).join('\n')}\n</ul>`;
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${e(cell)}</th>`).join('');
      const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${e(cell)}</td>`).join('')}</tr>`);
      return `<table>\n<caption>${e(block.caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
    }
  }
}
