import type { RecordingPlace } from './tape-types.ts'

/** Where the bytes of a recording go. */
export interface WavSink {
  readonly place: RecordingPlace
  /** Bytes that it takes. */
  readonly most: number
  write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Called now and then: what is written so far is to outlast a crash. */
  keep(): Promise<void>
  /** @returns what is to be given to the person; undefined when it is where they wanted it */
  finish(): Promise<Blob | undefined>
}

/** What the DOM library has for workers only. */
interface SyncAccess {
  write(bytes: Uint8Array, options: { readonly at: number }): number
  flush(): void
  close(): void
}

export type StoredFile = FileSystemFileHandle & {
  createSyncAccessHandle?(): Promise<SyncAccess>
}

const MEMORY_BYTES = 300_000_000
/** Beside a recording that came to its end. */
export const DONE = '.done'

/**
 * A file that the person chose. Until it is closed what is written lies beside it: so it is closed and opened again,
 * each time when it has doubled, for that copies all of it.
 */
export async function openChosen(file: FileSystemFileHandle): Promise<WavSink> {
  let out = await file.createWritable()
  let [written, kept] = [0, 0]
  const FIRST_BYTES = 8_000_000
  return {
    place: 'file',
    most: Infinity,
    async write(at, bytes) {
      await out.write({ type: 'write', position: at, data: bytes })
      written = Math.max(written, at + bytes.length)
    },
    async keep() {
      if (written < Math.max(FIRST_BYTES, 2 * kept)) return
      await out.close()
      out = await file.createWritable({ keepExistingData: true })
      kept = written
    },
    async finish() {
      await out.close()
      return undefined
    },
  }
}

/** A file in the browser's own store, which is written in place. @param at  its folder there */
export async function openStored(
  at: FileSystemDirectoryHandle,
  name: string,
): Promise<WavSink | undefined> {
  const file: StoredFile = await at.getFileHandle(name, { create: true })
  const access = await file.createSyncAccessHandle?.()
  if (access === undefined) return undefined
  return {
    place: 'store',
    most: Infinity,
    write(position, bytes) {
      const count = access.write(bytes, { at: position })
      return count === bytes.length
        ? Promise.resolve()
        : Promise.reject(new Error(`${bytes.length} bytes must be written, were ${count}`))
    },
    keep() {
      access.flush()
      return Promise.resolve()
    },
    async finish() {
      access.close()
      await at.getFileHandle(name + DONE, { create: true })
      return file.getFile()
    },
  }
}

export function openMemory(most = MEMORY_BYTES): WavSink {
  let head: Uint8Array<ArrayBuffer> | undefined
  const rest: Blob[] = []
  return {
    place: 'memory',
    most,
    write(at, bytes) {
      if (at === 0) head = bytes
      else rest.push(new Blob([bytes]))
      return Promise.resolve()
    },
    keep: () => Promise.resolve(),
    finish: () =>
      Promise.resolve(new Blob(head === undefined ? rest : [head, ...rest], { type: 'audio/wav' })),
  }
}
