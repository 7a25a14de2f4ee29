import type { Streams } from './streams.js';

/** Only work that is long is worth a line. */
const patience = 500;
const width = 24;

/**
 * @param streams where to show it; nothing is shown where nobody looks
 * @returns what draws a bar in place, and what takes it away
 */
export function progressOn({ error, isWatched }: Streams): { readonly show: (step: string, done: number, of: number) => void; readonly clear: () => void } {
  const started = performance.now();
  let shown = '';
  const draw = (text: string): void => {
    if (text === shown) return;
    error(`\r\u001b[K${text}`);
    shown = text;
  };
  return {
    show(step, done, of) {
      if (!isWatched || performance.now() - started < patience) return;
      const filled = Math.round((done / Math.max(1, of)) * width);
      draw(`${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${step} ${String(done)}/${String(of)}`);
    },
    clear() {
      if (shown !== '') draw('');
    },
  };
}
