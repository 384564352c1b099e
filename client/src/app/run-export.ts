import type { ExportOrder, ExportReport } from '../sound/export/export-types.ts'
import workerUrl from '../sound/export/export-worker.ts?worker&url'
import { AUDIO_WORDS as WORDS } from '../words/audio.ts'

type Exported = Extract<ExportReport, { readonly type: 'done' }>

/**
 * Renders on a thread of its own, which ends with it.
 *
 * @throws (rejects) Error with a sentence for people; the signal's reason when it is called off
 */
export function runExport(
  Thread: typeof Worker,
  order: ExportOrder,
  tell: (done: number) => void,
  signal: AbortSignal,
): Promise<Exported> {
  const worker = new Thread(workerUrl, { type: 'module', name: 'export' })
  return new Promise<Exported>((resolve, reject) => {
    const fail = (cause: unknown, words: string = WORDS.failed): void => {
      reject(new Error(words, { cause }))
    }
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error)
    })
    worker.onerror = (event) => {
      fail(event.message)
    }
    worker.onmessage = ({ data }: MessageEvent<ExportReport>) => {
      switch (data.type) {
        case 'progress':
          tell(data.done)
          return
        case 'done':
          resolve(data)
          return
        case 'failed':
          fail(data.reason, data.isTooLarge ? WORDS.tooLarge : WORDS.failed)
      }
    }
    worker.postMessage(order)
  }).finally(() => {
    worker.terminate()
  })
}
