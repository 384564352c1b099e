import { chromium } from 'playwright'
import { createJammer } from './jammer.ts'
import { startTestServer } from './server.ts'
