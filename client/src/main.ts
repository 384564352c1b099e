import { createApp } from './app/app.ts'
import { createReport } from './app/report.ts'
import { mountApp } from './ui/mount.ts'

const report = createReport(window)
const root = document.querySelector('#app')
if (root === null) throw new Error('the page must hold an element #app, and holds none')
mountApp(root, createApp(window, Math.random, report))
