import type { HeadlessEvent } from '../src/app/headless';

const whole = new Intl.NumberFormat('en');

/** `3 s`, `4 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** What happens, in one line. */
export function progressLine(event: HeadlessEvent): string {
  if (event.type === 'notice') return event.text;
  if (event.type === 'backend') {
    const { backend, device, threads, reason } = event.info;
    return `The network runs on ${backend} (${device}, ${threads} thread${threads === 1 ? '' : 's'}; ${reason}).`;
  }
  if (event.type === 'vectors') return `vectors: ${Math.round(event.fraction * 100)} % taken over`;
  if (event.type === 'analysis') {
    const { stage, fraction, secondsLeft } = event.progress;
    const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
    return `clustering: ${stage} ${Math.round(fraction * 100)} %${left}`;
  }
  const { counts, rate, secondsLeft } = event.progress;
  const done = counts.embedded + counts.duplicates + counts.skipped;
  return [
    `embedding: ${whole.format(done)} of ${whole.format(counts.announced)} files`,
    rate === null ? '' : `${rate.toFixed(1)} images/s`,
    secondsLeft === null ? '' : `${duration(secondsLeft)} left`,
    counts.skipped ? `${whole.format(counts.skipped)} skipped` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Writes progress over itself on a terminal, and as a line every ten seconds elsewhere; what is said once stays. */
export function progressWriter(stream: NodeJS.WriteStream): {
  follow(event: HeadlessEvent): void;
  end(): void;
} {
  let open = false;
  let last = 0;
  const end = (): void => {
    if (open) stream.write('\n');
    open = false;
  };
  return {
    end,
    follow(event) {
      const line = progressLine(event);
      if (event.type === 'notice' || event.type === 'backend') {
        end();
        stream.write(`${line}\n`);
      } else if (stream.isTTY) {
        stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
        open = true;
      } else if (Date.now() - last >= 10_000) {
        last = Date.now();
        stream.write(`${line}\n`);
      }
    },
  };
}
