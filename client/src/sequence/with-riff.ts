import { launchOf, type Song, type Track } from './song.ts'

/**
 * What a song becomes when a riff comes back: the riff's tracks play what they played in it, the others fall silent and
 * keep all they have. Whose a track is and what it is called stays as it is now, and one that is locked stays whole.
 */
export function withRiff(song: Song, riff: Song): Song {
  const then = new Map(riff.tracks.map((track) => [track.id, track]))
  const here = new Set(song.tracks.map(({ id }) => id))
  const staying = song.tracks.map((track) => {
    if (track.isLocked === true) return track
    const past = then.get(track.id)
    return past === undefined ? silenced(track) : asIn(past, track)
  })
  const returning = riff.tracks.filter(({ id }) => !here.has(id))
  const { root, scale, stepCount, swing, chords, sceneNames } = riff
  return {
    schema: song.schema,
    root,
    scale,
    stepCount,
    ...(swing === undefined ? {} : { swing }),
    ...(chords === undefined ? {} : { chords }),
    ...(sceneNames === undefined ? {} : { sceneNames }),
    tracks: [...staying, ...returning],
  }
}

const silenced = (track: Track): Track => ({
  ...track,
  launch: { pattern: launchOf(track).pattern, isOff: true },
})

const asIn = (past: Track, now: Track): Track => {
  const { id, owner, home, name, colour, title, tint } = now
  const { subdivision, steps, swing, follow, sound, patterns, launch } = past
  return {
    id,
    owner,
    home,
    name,
    colour,
    ...(title === undefined ? {} : { title }),
    ...(tint === undefined ? {} : { tint }),
    subdivision,
    ...(steps === undefined ? {} : { steps }),
    ...(swing === undefined ? {} : { swing }),
    ...(follow === undefined ? {} : { follow }),
    sound,
    patterns,
    ...(launch === undefined ? {} : { launch }),
  }
}
