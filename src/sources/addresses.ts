import type { AddressColumn, AddressSketch, OriginCount } from '../domain/addresses';
import { originOf } from '../domain/origins';
import { textAt, type Column, type Table } from '../domain/table';

/** Longest name that is made of an address (characters). */
const MAX_NAME = 180;

/** A text as an address that can be fetched (http or https, no password in it, without its fragment), or null. */
export function addressOf(text: string): string | null {
  const written = text.trim();
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return null;
  const url = new URL(written);
  if (url.username !== '' || url.password !== '' || originOf(written) === null) return null;
  url.hash = '';
  return url.href;
}

/** Which columns hold addresses, and of which servers. */
export function sketchAddresses({ n, columns }: Table): AddressSketch {
  const found = columns.map((column) => sketchColumn(column, n)).filter(({ addresses }) => addresses > 0);
  return { rows: n, columns: found.sort((a, b) => b.addresses - a.addresses) };
}

function sketchColumn(column: Column, n: number): AddressColumn {
  const seen = new Set<string>();
  let without = 0;
  for (let row = 0; row < n; row++) {
    const address = column.type === 'text' ? addressOf(textAt(column, row)) : null;
    if (address === null) without++;
    else seen.add(address);
  }
  const { name } = column;
  const repeated = n - without - seen.size;
  return { name, addresses: seen.size, repeated, without, origins: countOrigins(seen) };
}

/** How many addresses each server has, most first. */
export function countOrigins(addresses: Iterable<string>): OriginCount[] {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const { origin } = new URL(address);
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return [...counts].map(([origin, count]) => ({ origin, count })).sort((a, b) => b.count - a.count);
}

/** A path made of an address: its server, then its folders and name, with what follows `?` before the extension. */
export function pathOfAddress(address: string): string {
  const { host, pathname, search } = new URL(address);
  const parts = [host, ...pathname.split('/').filter((part) => part !== '')].map(plainPart);
  if (parts.length === 1) parts.push('index');
  if (search.length > 1) {
    const name = parts.pop()!;
    const dot = name.lastIndexOf('.');
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    parts.push(plainPart(`${stem} (${decoded(search.slice(1))})`).slice(0, MAX_NAME) + extension);
  }
  return parts.join('/');
}

function plainPart(part: string): string {
  const plain = decoded(part)
    .replace(/[\p{Cc}\\/:*?"<>|]/gu, '_')
    .slice(0, MAX_NAME);
  return /^\.+$/.test(plain) ? plain.replaceAll('.', '_') : plain;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
