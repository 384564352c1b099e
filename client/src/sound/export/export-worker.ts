import { exportFile } from './export-file.ts'
import type { ExportOrder, ExportReport } from './export-types.ts'

// The worker's global scope, which the DOM library takes for a window's.
declare const self: {
  onmessage: ((event: MessageEvent<ExportOrder>) => void) | null
  postMessage(report: ExportReport): void
}

const TELL_EVERY_MS = 100

/** Renders one order; whoever calls it off ends the worker. */
self.onmessage = ({ data }) => {
  let toldMs = -Infinity
  const tell = (done: number): void => {
    const nowMs = performance.now()
    if (nowMs - toldMs < TELL_EVERY_MS) return
    toldMs = nowMs
    self.postMessage({ type: 'progress', done })
  }
  exportFile(data, tell).then(
    (exported) => {
      self.postMessage(exported)
    },
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      self.postMessage({ type: 'failed', reason, isTooLarge: isTooLarge(error) })
    },
  )
}

/** Neither memory nor the browser's store of files had room for it. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError ||
  (error instanceof DOMException &&
    (error.name === 'NotReadableError' || error.name === 'QuotaExceededError'))
