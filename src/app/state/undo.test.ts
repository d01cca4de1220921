import { describe, expect, it } from 'vitest';
import { UndoStack } from './undo';

function stack() {
  const clock = { t: 0 };
  const log: string[] = [];
  const undo = new UndoStack(() => clock.t);
  const push = (kind: string | null, name: string) => undo.push({ kind, revert: () => void log.push(name) });
  return { clock, log, undo, push };
}

describe('UndoStack', () => {
  it('takes back the latest first, and says when nothing is left', async () => {
    const { undo, push, log } = stack();
    push('k', 'a');
    push('note', 'b');
    expect([await undo.undo(), await undo.undo(), await undo.undo()]).toEqual([
      expect.objectContaining({ kind: 'note' }),
      expect.objectContaining({ kind: 'k' }),
      null,
    ]);
    expect(log).toEqual(['b', 'a']);
  });

  it('keeps steps without a kind apart, however quick', async () => {
    const { undo, push, log } = stack();
    push(null, 'select');
    push(null, 'clear');
    expect(undo.size).toBe(2);
    await undo.undo();
    expect(log).toEqual(['clear']);
  });

  it('merges a quick run of one kind into its first step', async () => {
    const { undo, push, log, clock } = stack();
    push('k', 'start');
    clock.t = 500;
    push('k', 'middle');
    clock.t = 1200;
    push('k', 'end');
    expect(undo.size).toBe(1);
    clock.t = 5000;
    push('k', 'later');
    expect(undo.size).toBe(2);
    await undo.undo();
    await undo.undo();
    expect(log).toEqual(['later', 'start']);
  });

  it('keeps the last hundred', async () => {
    const { undo, push, log, clock } = stack();
    for (let i = 0; i < 105; i++) {
      clock.t += 1000;
      push('select', String(i));
    }
    while (await undo.undo());
    expect(undo.size).toBe(0);
    expect(log).toHaveLength(100);
    expect(log.at(-1)).toBe('5');
  });

  it('does again what was undone, in order, until something else is done', async () => {
    const { undo, log } = stack();
    const step = (name: string) =>
      undo.push({
        kind: null,
        revert: () => void log.push(`-${name}`),
        repeat: () => void log.push(`+${name}`),
        label: () => name,
      });
    step('a');
    step('b');
    expect(undo.next.undo?.label?.()).toBe('b');
    await undo.undo();
    await undo.undo();
    expect(undo.next.redo?.label?.()).toBe('a');
    await undo.redo();
    await undo.redo();
    expect(await undo.redo()).toBeNull();
    await undo.undo();
    step('c');
    expect(undo.next.redo).toBeNull();
    expect(log).toEqual(['-b', '-a', '+a', '+b', '-b']);
  });

  it('redoes a merged run to its end', async () => {
    const { undo, log } = stack();
    for (const name of ['a', 'b'])
      undo.push({
        kind: 'k',
        revert: () => void log.push(`-${name}`),
        repeat: () => void log.push(`+${name}`),
      });
    await undo.undo();
    await undo.redo();
    expect(log).toEqual(['-a', '+b']);
  });

  it('redoes nothing across a step that cannot be done again', async () => {
    const { undo, push } = stack();
    push(null, 'gone');
    undo.push({ kind: null, revert: () => undefined, repeat: () => undefined });
    await undo.undo();
    expect(undo.next.redo).not.toBeNull();
    await undo.undo();
    expect(await undo.redo()).toBeNull();
  });

  it('takes up steps of an earlier visit and forgets those that mean nothing any more', async () => {
    const { undo, log } = stack();
    const step = (name: string) => ({
      kind: name,
      revert: () => void log.push(`-${name}`),
      repeat: () => void log.push(`+${name}`),
    });
    undo.restore([step('a'), step('b')], [step('d'), step('c')]);
    await undo.redo();
    undo.forget(({ kind }) => kind === 'b');
    await undo.undo();
    await undo.undo();
    expect(log).toEqual(['+c', '-c', '-a']);
    undo.clear();
    expect([undo.size, undo.next.redo]).toEqual([0, null]);
  });
});
