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
    expect([await undo.undo(), await undo.undo(), await undo.undo()]).toEqual([true, true, false]);
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
});
