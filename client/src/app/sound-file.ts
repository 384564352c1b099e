import { isFields, parseJson } from '../lib/parse-json.ts'
import { parseName } from '../sequence/parse-name.ts'
import { parseSound } from '../sequence/parse-song.ts'
import { ARP_PARAMS, PRESET_PARAMS } from '../sequence/presets/preset.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { FILE_WORDS } from '../words/files.ts'

type FileParam = Exclude<(typeof PRESET_PARAMS)[number] | (typeof ARP_PARAMS)[number], 'arpFeed'>

/** What a saved sound holds: what a preset sets, and the arpeggiator. The mix and other tracks stay behind in their room. */
export type FileSound = Pick<TrackSound, FileParam>

export type SoundFileVerdict =
  | { readonly ok: true; readonly name: string; readonly sound: FileSound }
  /** A sentence for people. */
  | { readonly ok: false; readonly reason: string }

export const SOUND_FILE_TYPE = 'application/vnd.beatcord.sound+json'
/** A hundred params with their names take less than 4 kB. */
export const MAX_SOUND_FILE_BYTES = 64 * 1024
const FORMAT = 'beatcord-sound'
/** Of the file; the document's own changes apart from it. */
const FILE_SCHEMA = 1
const MAX_NAME_GRAPHEMES = 30
/** Longer input is not looked at; enough for any 30 graphemes that people write. */
const MAX_NAME_INPUT = 1000
const FILE_PARAMS = [...PRESET_PARAMS, ...ARP_PARAMS].filter(
  (param): param is FileParam => param !== 'arpFeed',
)

/** JSON text. */
export const encodeSound = (name: string, sound: TrackSound): string =>
  JSON.stringify({ format: FORMAT, schema: FILE_SCHEMA, name, sound: fileSoundOf(sound) })

/** Whatever a file may hold becomes a sound or a reason; each value that is none becomes the initial one. Never throws. */
export function parseSoundFile(text: string): SoundFileVerdict {
  // Text has no more characters than bytes.
  if (text.length > MAX_SOUND_FILE_BYTES) {
    return { ok: false, reason: FILE_WORDS.largeSound }
  }
  const value = parseJson(text)
  if (!isFields(value) || value['format'] !== FORMAT) {
    return { ok: false, reason: FILE_WORDS.noSound }
  }
  const { schema } = value
  if (typeof schema !== 'number' || schema > FILE_SCHEMA) {
    return {
      ok: false,
      reason: FILE_WORDS.newerSound,
    }
  }
  const sound = parseFileSound(value['sound'])
  if (sound === undefined) return { ok: false, reason: FILE_WORDS.damagedSound }
  return { ok: true, name: parseSoundName(value['name']) ?? FILE_WORDS.untitled, sound }
}

/** The part of a track's sound that is saved. */
export const fileSoundOf = (sound: TrackSound): FileSound =>
  Object.fromEntries(FILE_PARAMS.map((param) => [param, sound[param]])) as FileSound

/** Each value clamped, or the initial one. @returns undefined when it is no record at all */
export const parseFileSound = (value: unknown): FileSound | undefined =>
  isFields(value) ? fileSoundOf(parseSound((param) => value[param])) : undefined

/**
 * A sound's name out of what somebody wrote: each word cleaned as people's names are, 1 to 30 graphemes together.
 *
 * @returns undefined when nothing that can be seen is left
 */
export function parseSoundName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const words = value.slice(0, MAX_NAME_INPUT).split(/\s+/u)
  const name = words.flatMap((word) => parseName(word) ?? []).join(' ')
  const graphemes = [...new Intl.Segmenter('en').segment(name)].map(({ segment }) => segment)
  return graphemes.length === 0 ? undefined : graphemes.slice(0, MAX_NAME_GRAPHEMES).join('').trim()
}
