import * as z from 'zod/mini'
import packageJson from '../package.json' with { type: 'json' }
import { healthSchema, keysSchema, lanSchema, readySchema } from './http-answers.ts'

type Json = Readonly<Record<string, unknown>>

const json = (description: string, schema: z.core.$ZodType): Json => ({
  description,
  content: { 'application/json': { schema: withoutDialect(z.toJSONSchema(schema)) } },
})

const text = (description: string): Json => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
})

/** OpenAPI names the dialect once, for all its schemas. */
function withoutDialect({ $schema: _, ...schema }: Json): Json {
  return schema
}

const health = (operationId: string): Json => ({
  get: {
    operationId,
    summary: 'Whether the process lives, and how many people it serves',
    responses: { 200: json('It lives.', healthSchema) },
  },
})

/** The routes that answer programs, as OpenAPI 3.1; the page itself and its files are left out. */
export const describeHttp = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Beatcord signal server',
    version: packageJson.version,
    license: { name: 'MIT', identifier: 'MIT' },
    description: 'Everything else is said over one WebSocket at /ws: see protocol.md.',
  },
  paths: {
    '/health': health('health'),
    '/api/health': health('apiHealth'),
    '/ready': {
      get: {
        operationId: 'ready',
        summary: 'Whether newcomers are welcome; who is inside is served in any case',
        responses: {
          200: json('They are.', readySchema),
          503: json('The server stops, or has too much to do.', readySchema),
        },
      },
    },
    '/metrics': {
      get: {
        operationId: 'metrics',
        summary: 'Prometheus metrics, where METRICS_TOKEN is set; on METRICS_PORT without a token',
        security: [{ metricsToken: [] }],
        responses: { 200: text('The metrics.'), 401: text('The token is missing or wrong.') },
      },
    },
    '/api/keys': {
      get: {
        operationId: 'keys',
        summary: 'The public keys of seat certificates',
        responses: { 200: json('Those of yesterday, today and tomorrow.', keysSchema) },
      },
    },
    '/api/lan': {
      get: {
        operationId: 'lan',
        summary: 'Where others in the same network find the page',
        responses: {
          200: json('Where they find it.', lanSchema),
          404: text('Not asked by a browser of this machine.'),
        },
      },
    },
  },
  components: { securitySchemes: { metricsToken: { type: 'http', scheme: 'bearer' } } },
})
