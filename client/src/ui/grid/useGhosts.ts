import { computed, watch } from 'vue'
import { soundingPitch } from '../../sequence/scale.ts'
import { personColour } from '../palette.ts'
import { useTracks } from '../tracks/useTracks.ts'
import { ghostOf } from './ghosts.ts'
import type { Ghost } from './ghosts.ts'
import { ownPitch } from './roll-rows.ts'
import type { RollStage } from './roll-stage.ts'

/** Shows the notes of other tracks behind those of a roll: pitches behind pitches, and kits behind kits. */
export function useGhosts(stage: RollStage, isOn: () => boolean): void {
  const { all } = useTracks()
  const others = computed(() => {
    const { song } = stage
    if (!isOn()) return []
    return all.value.filter(
      ({ id, sound }) => id !== song.trackId && (sound.instrument === 'drums') === song.drums,
    )
  })
  function ghosts(): readonly Ghost[] {
    const { song } = stage
    const rows = stage.rows.value
    return others.value.map(({ playing: pattern, subdivision, stepCount, colour }) =>
      ghostOf(
        { pattern, subdivision, stepCount, colour: personColour(colour) },
        song,
        ({ pitch }) => {
          if (!song.drums) return soundingPitch(pitch, song.root, song.scale)
          const own = ownPitch(rows, pitch)
          return rows.rowOf(own) < 0 ? undefined : own
        },
      ),
    )
  }
  // Tracks are other ones whenever something of anybody's is: how near they are is measured every second.
  watch(
    () => {
      const { drums, root, scale, subdivision, stepCount } = stage.song
      return [
        ...[drums, root, scale, subdivision, stepCount],
        ...others.value.flatMap((track) => [
          track.playing,
          track.subdivision,
          track.stepCount,
          track.colour,
        ]),
      ]
    },
    (now, before) => {
      const isSame = now.length === before?.length && now.every((each, at) => each === before[at])
      if (!isSame) stage.ghosts.value = ghosts()
    },
    { immediate: true },
  )
}
