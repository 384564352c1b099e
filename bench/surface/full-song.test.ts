import { expect, test } from 'vitest'
import { parseSongFile } from '../../client/src/app/song-file.ts'
import { fullSongFile, NOTES, OWN_NOTES, STEPS, TRACKS } from './full-song.ts'

test('the full song has as many tracks and notes as it says, all within its steps', () => {
  const verdict = parseSongFile(fullSongFile())

  if (!verdict.ok) throw new Error(verdict.reason)
  const { tracks, stepCount } = verdict.file
  expect([tracks.length, stepCount]).toEqual([TRACKS, STEPS])
  expect(tracks[0]?.notes).toHaveLength(OWN_NOTES)
  const notes = tracks.flatMap((track) => track.notes)
  expect(notes).toHaveLength(NOTES)
  expect(notes.every(({ step }) => step < STEPS)).toBe(true)
})
