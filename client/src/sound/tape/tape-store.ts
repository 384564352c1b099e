import { DONE, type StoredFile } from './wav-sinks.ts'

const FOLDER = 'recordings'
/** Held while a recording is written, with its name behind it. */
const LOCK = 'beatcord-recording/'

/** A recording that did not come to its end: the page was closed, or died. */
export interface LeftRecording {
  readonly name: string
  readonly file: File
}

type Folder = FileSystemDirectoryHandle & {
  values(): AsyncIterable<FileSystemHandle>
}

/** Where recordings lie in the browser's own store; undefined where it has none. */
export async function storeFolder(): Promise<Folder | undefined> {
  // Missing in some browsers although the types say otherwise.
  const storage = navigator.storage as StorageManager | undefined
  const root = await storage?.getDirectory()
  return root?.getDirectoryHandle(FOLDER, { create: true })
}

/** Those that are left; forgets those that were given away. Those that another tab still writes are left out. */
export async function leftRecordings(): Promise<readonly LeftRecording[]> {
  const folder = await storeFolder()
  if (folder === undefined) return []
  const names: string[] = []
  for await (const { name } of folder.values()) names.push(name)
  const held = await navigator.locks.query().then((locks) => locks.held?.map(({ name }) => name))
  const left: LeftRecording[] = []
  for (const name of names.filter((each) => !each.endsWith(DONE))) {
    if (names.includes(name + DONE)) await forgetRecording(name)
    else if (held?.includes(LOCK + name) !== true) {
      const handle: StoredFile = await folder.getFileHandle(name)
      const file = await handle.getFile()
      left.push({ name, file })
    }
  }
  return left
}

export async function forgetRecording(name: string): Promise<void> {
  const folder = await storeFolder()
  for (const each of [name, name + DONE]) {
    // Already gone, or still written by another tab.
    await folder?.removeEntry(each).catch(() => undefined)
  }
}

/** Lets other tabs know meanwhile that a recording is being written. */
export async function holdRecording(name: string, run: () => Promise<void>): Promise<void> {
  await navigator.locks.request(LOCK + name, run)
}
