import { createLive, type Live } from '../lib/live.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { fileSoundOf, parseFileSound, parseSoundName, type FileSound } from './sound-file.ts'
import type { Drawer } from './storage.ts'

export interface SavedSound {
  /** 1 to 30 graphemes; no other saved sound has it. */
  readonly name: string
  readonly sound: FileSound
}

/**
 * Whether a sound was saved, had a name in which nothing can be seen, or found no room: among so many sounds, or in what
 * this browser keeps, where it lasts as long as the page.
 */
export type SaveVerdict = 'saved' | 'nameless' | 'full' | 'unkept'

/** The sounds that a person keeps in this browser, latest first. */
export interface SavedSounds {
  readonly sounds: Live<readonly SavedSound[]>
  /** Keeps the part of a track's sound that is not of its room; in place of the one that has this name. */
  save(name: string, sound: TrackSound): SaveVerdict
  remove(name: string): void
}

const KEY = 'sounds'
export const MAX_SAVED_SOUNDS = 200

export function createSavedSounds(drawer: Drawer): SavedSounds {
  const sounds = createLive(parseSaved(drawer.read(KEY)))
  let isKept = true
  /** All but one name: what is in the drawer, where another tab may have put some too; else what this one knows. */
  const without = (name: string): readonly SavedSound[] => {
    const text = drawer.read(KEY)
    const all = text === undefined || !isKept ? sounds.read() : parseSaved(text)
    return all.filter((one) => one.name !== name)
  }
  const keep = (next: readonly SavedSound[]): void => {
    const text = JSON.stringify(next)
    sounds.set(next)
    drawer.write(KEY, text)
    isKept = drawer.read(KEY) === text
  }
  return {
    sounds,
    save(text, sound) {
      const name = parseSoundName(text)
      if (name === undefined) return 'nameless'
      const others = without(name)
      if (others.length >= MAX_SAVED_SOUNDS) return 'full'
      keep([{ name, sound: fileSoundOf(sound) }, ...others])
      return isKept ? 'saved' : 'unkept'
    },
    remove(name) {
      keep(without(name))
    },
  }
}

/** What the drawer had; whatever is no sound, or has a name for the second time, is left out. Never throws. */
function parseSaved(text: string | undefined): readonly SavedSound[] {
  const value = parseJson(text ?? '[]')
  if (!Array.isArray(value)) return []
  const byName = new Map<string, SavedSound>()
  for (const entry of value.flatMap(parseEntry)) {
    if (!byName.has(entry.name)) byName.set(entry.name, entry)
  }
  return [...byName.values()].slice(0, MAX_SAVED_SOUNDS)
}

function parseEntry(value: unknown): readonly SavedSound[] {
  if (!isFields(value)) return []
  const { name: text, sound: written } = value
  const name = parseSoundName(text)
  const sound = parseFileSound(written)
  return name === undefined || sound === undefined ? [] : [{ name, sound }]
}
