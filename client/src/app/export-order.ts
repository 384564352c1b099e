import type { Song, Track } from '../sequence/song.ts'
import { MS_PER_MINUTE, type Bpm } from '../sequence/time.ts'
import { ROOM_STEM } from '../sound/dsp/master.ts'
import type { PersonalMix } from '../sound/engine-types.ts'
import type { ExportOrder } from '../sound/export/export-types.ts'
import type { AudioTags } from '../sound/export/file-types.ts'
import { rateOf } from '../sound/export/formats.ts'
import { loopBeats, songNow } from '../sound/export/song-now.ts'
import { AUDIO_WORDS as WORDS } from '../words/audio.ts'
import type { ExportChoice, ExportLength } from './audio-types.ts'

/** What there is to export. */
export interface ExportSource {
  /** As the room has it, and as this person hears it. */
  readonly song: Song
  readonly heard: Song
  readonly mix: PersonalMix
  readonly bpm: Bpm
  /** Of what is played. */
  readonly sampleRate: number
  readonly at: Date
}

/** Beats of the longest loop, and of all of it. */
export function lengthOf(
  { scene, ear, loops }: Pick<ExportChoice, 'scene' | 'ear' | 'loops'>,
  { song, heard, bpm }: Pick<ExportSource, 'song' | 'heard' | 'bpm'>,
): ExportLength {
  const beats = loops * loopBeats(songNow(ear === 'mine' ? heard : song, scene))
  return { beats, seconds: (beats * MS_PER_MINUTE) / bpm / 1000 }
}

/** What a worker is to do for that choice. */
export function exportOrder(choice: ExportChoice, source: ExportSource): ExportOrder {
  const { scene, ear, ending, split, isMastered, format, loops } = choice
  const { bpm, at } = source
  const isMine = ear === 'mine'
  const song = songNow(isMine ? source.heard : source.song, scene)
  const { beats } = lengthOf(choice, source)
  const stems = split === 'mix' ? undefined : stemsOf(song, split)
  return {
    format,
    at,
    name: choice.title,
    tags: tagsOf(song, bpm, choice.title, at),
    stretch: {
      song,
      bpm,
      mix: isMine ? source.mix : new Map(),
      leadBeats: ending === 'loop' ? beats / loops : 0,
      beats,
      rings: ending === 'ring',
      sampleRate: rateOf(format, source.sampleRate),
      ...(stems && { stems: { groups: stems.map(({ ids }) => ids), isMastered } }),
    },
    ...(stems && { stemNames: stems.map(({ name }) => name) }),
  }
}

interface Stem {
  readonly name: string
  readonly ids: readonly string[]
}

/** One for each, numbered, and what the room's reverb adds. */
function stemsOf({ tracks }: Song, split: 'people' | 'tracks'): readonly Stem[] {
  const stems: readonly Stem[] =
    split === 'people'
      ? [...byPerson(tracks)].map(([, theirs]) => ({
          name: theirs[0]?.name ?? '',
          ids: theirs.map(({ id }) => id),
        }))
      : tracks.map((track) => ({ name: trackName(track), ids: [track.id] }))
  return [...stems, { name: WORDS.reverbStem, ids: [ROOM_STEM] }].map(({ name, ids }, place) => ({
    name: fileName(`${String(place + 1).padStart(2, '0')} ${name}`),
    ids,
  }))
}

/** Tracks by the browser they were made in. */
function byPerson(tracks: readonly Track[]): ReadonlyMap<string, readonly Track[]> {
  const people = new Map<string, Track[]>()
  for (const track of tracks) {
    const theirs = people.get(track.home)
    if (theirs === undefined) people.set(track.home, [track])
    else theirs.push(track)
  }
  return people
}

const trackName = ({ name, title }: Track): string =>
  title === undefined ? name : WORDS.trackOf({ name, title })

/** Whatever no file system takes is left out. */
const fileName = (text: string): string => text.replace(/[^\p{L}\p{N} _–-]/gu, '').trim()

export function tagsOf({ tracks }: Song, bpm: Bpm, title: string, at: Date): AudioTags {
  const people = [...byPerson(tracks)].map(([, theirs]) => ({
    name: theirs[0]?.name ?? '',
    parts: theirs.map(({ title: part, sound }) => part ?? WORDS.instruments[sound.instrument]),
  }))
  return {
    title,
    artist: [...new Set(people.map(({ name }) => name))].join(', '),
    comment: WORDS.credits({
      bpm: Math.round(bpm),
      people: people.map(({ name, parts }) => `${name} (${parts.join(', ')})`).join(', '),
    }),
    date: at.toISOString().slice(0, 10),
  }
}
