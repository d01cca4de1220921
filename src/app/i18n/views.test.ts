import { describe, expect, it } from 'vitest';
import { views as en } from './en/views';
import { views as fr } from './fr/views';
import { views as ru } from './ru/views';

describe('messages of the views', () => {
  it.each([
    [1, '1 изображение'],
    [2, '2 изображения'],
    [5, '5 изображений'],
    [21, '21 изображение'],
    [112, '112 изображений'],
  ])('counts %i images in Russian', (n, text) => expect(ru.images(n)).toBe(text));

  it('counts clusters by the rules of each language', () => {
    expect(en.clusters.summary(1, 1)).toBe('1 cluster, 1 image');
    expect(fr.clusters.summary(9, 0)).toBe('9 groupes, 0 image');
    expect(ru.clusters.summary(22, 3)).toBe('22 кластера, 3 изображения');
    expect(ru.clusters.summary(11, 3)).toBe('11 кластеров, 3 изображения');
  });

  it('says in one sentence who would take another k', () => {
    const others = [
      { criterion: 'calinskiHarabasz', k: 5 },
      { criterion: 'elbow', k: 12 },
    ] as const;
    expect(en.k.disagree([...others])).toBe(
      'Calinski-Harabasz says 5 and the elbow says 12: look at the images.',
    );
    expect(fr.k.disagree([...others])).toContain('Calinski-Harabasz dit 5 et le coude dit 12');
    expect(ru.k.disagree([...others])).toContain('Калинский-Харабаш за 5 и локоть за 12');
    expect(en.k.agree(['elbow'])).toBe('The elbow agrees.');
    expect(en.k.agree(['elbow', 'daviesBouldin'])).toBe('The elbow and Davies-Bouldin agree.');
    for (const m of [en, fr, ru]) expect(m.k.disagree([])).toBe('');
  });

  it('tells a tie from a runner-up and from no runner-up', () => {
    for (const m of [en, fr, ru]) {
      const sentences = [m.k.chosen(9, 12, false), m.k.chosen(9, 12, true), m.k.chosen(9, null, false)];
      expect(new Set(sentences).size).toBe(3);
      for (const sentence of sentences) expect(sentence).toContain('9');
    }
  });

  it('shows a missing score as a dash', () => {
    for (const m of [en, fr, ru]) {
      expect(m.k.score(NaN)).toBe('–');
      expect(m.k.score(-0.001)).toMatch(/^0[.,]00$/);
      expect(m.k.large(Infinity)).toBe('–');
      expect(m.k.precise(0.12345)).toMatch(/^0[.,]123[45]$/);
    }
  });

  it('lets a cluster be more than 100 % as spread as the others', () => {
    expect(en.clusters.spreadCompared(1.5)).toContain('150%');
    expect(en.clusters.spreadCompared(1)).toContain('About');
    expect(fr.clusters.spreadCompared(0.5)).toMatch(/50\s%/);
  });

  it('says how far an analysis is', () => {
    const working = { stage: 'kmeans', fraction: 0.624, secondsLeft: 180 } as const;
    expect(en.working(working)).toBe('Forming clusters: 62%, about 3 min left');
    expect(en.working({ ...working, secondsLeft: null })).toBe('Forming clusters: 62%');
  });
});
