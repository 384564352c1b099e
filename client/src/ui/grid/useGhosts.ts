import { watchEffect } from 'vue'
import { soundingPitch } from '../../sequence/scale.ts'
import { personColour } from '../palette.ts'
import { useTracks } from '../tracks/useTracks.ts'
import { ghostOf } from './ghosts.ts'
import { ownPitch } from './roll-rows.ts'
import type { RollStage } from './roll-stage.ts'

/** Shows the notes of other tracks behind those of a roll: pitches behind pitches, and kits behind kits. */
export function useGhosts(stage: RollStage, isOn: () => boolean): void {
  const { all } = useTracks()
  watchEffect(() => {
    const { song } = stage
    const others = all.value.filter(
      ({ id, sound }) => id !== song.trackId && (sound.instrument === 'drums') === song.drums,
    )
    const rows = stage.rows.value
    stage.ghosts.value = !isOn()
      ? []
      : others.map(({ playing: pattern, subdivision, stepCount, colour }) =>
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
  })
}
