import { test } from '@playwright/test'
import { findTool, lackOf, type ToolName } from '../scripts/tools.mjs'

const inCi = process.env['CI'] !== undefined

/** Path of a tool of the system. Without it the test that asks is skipped, and in CI fails. */
export function needTool(name: ToolName): string {
  const path = findTool(name)
  if (path !== undefined) return path
  test.skip(!inCi, lackOf(name))
  throw new Error(lackOf(name))
}
