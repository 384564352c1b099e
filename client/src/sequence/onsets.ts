import type { StepCount } from './song.ts'

/*
 * The law of the loop: absolute step k of a track begins at beat k / subdivision, counted from the moment the song
 * began to play, and plays the pattern's step k mod stepCount. Nothing begins before beat 0.
 */

/** The beat at which an absolute step begins. */
export const beatOfStep = (absoluteStep: number, subdivision: number): number =>
  absoluteStep / subdivision

/**
 * The first absolute step that begins at `beat` or later, never below 0.
 * The steps that begin in the window [from, to) are those from `firstStepFrom(from)` up to, not with,
 * `firstStepFrom(to)`; so windows that share their edges lose and double nothing.
 */
export const firstStepFrom = (beat: number, subdivision: number): number =>
  Math.max(0, Math.ceil(beat * subdivision))

/** Which step of the pattern an absolute step plays. */
export const stepInPattern = (absoluteStep: number, stepCount: StepCount): number =>
  ((absoluteStep % stepCount) + stepCount) % stepCount
