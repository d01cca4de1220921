import { describe, expect, it } from 'vitest';
import { fitFromGolden, type GoldenCase } from '../../test/golden-analysis';
import golden from '../../test/golden/vehicles.json';
import { halfFloats } from '../../test/half-floats';
import { readShared, shared } from '../../test/shared';
import { CpuEngine } from './cpu/engine';
import { clusterScores } from './scores';

const FILE = 'data/vehicles/mobilenetv2.npy';

/** The descriptors are not part of the project: 500 x 1280 f16 after a header of NumPy's version 1. */
function descriptors(): number[] {
  const bytes = readShared(FILE);
  return Array.from(halfFloats(bytes.subarray(10 + bytes.readUInt16LE(8))));
}

describe.skipIf(!shared(FILE))(`descriptors of vehicles (needs ${FILE})`, () => {
  it.each(golden.case.fits)('k = $k: labels, inertia and scores of scikit-learn', async (fit) => {
    const { n, d } = golden.case;
    const rows = descriptors();
    const init = fit.init.flatMap((row) => rows.slice(row * d, (row + 1) * d));
    const data = { n, d, rows } as GoldenCase;
    const { found, rows: centred } = await fitFromGolden(data, { ...fit, init }, (r) => new CpuEngine(r));
    expect([...found.labels]).toEqual(fit.labels);
    expect(Math.abs(found.inertia / fit.inertia - 1)).toBeLessThan(1e-5);
    const scores = clusterScores(centred, found.labels, fit.k);
    expect(Math.abs(scores.calinskiHarabasz / fit.calinskiHarabasz - 1)).toBeLessThan(1e-4);
    expect(Math.abs(scores.daviesBouldin / fit.daviesBouldin - 1)).toBeLessThan(1e-4);
  });
});
