import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Root } from './app/root.tsx'
import { applyAppearance } from './lib/appearance.ts'
import { connection } from './lib/client.ts'

const element = document.getElementById('root')
if (!element) throw new Error('The page has no element with the id "root".')
applyAppearance()
connection.start()
createRoot(element).render(
  <StrictMode>
    <Root />
  </StrictMode>,
)
