import type { Scaling } from './clustering';
import type { AnalysisProgress } from './progress';

/** How the variance of the loaded rows is spread over their principal components. */
export interface ExplainedVariance {
  /** Shares of the total variance, 0..1, falling; the leading components only where they are many. */
  explained: number[];
  /** Components with any variance at most: min(n - 1, d). */
  rank: number;
  /** Columns before. */
  d: number;
  scaling: Scaling;
}

export interface VarianceAnalysis {
  /** Of the rows scaled as asked, up to `most` components. Errors: `too-few-images`, `cancelled`. */
  explainedVariance(
    scaling: Scaling,
    most: number,
    progress: (p: AnalysisProgress) => void,
  ): Promise<ExplainedVariance>;
}
