import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './ui/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Root } from './app/root.tsx'
import { connection } from './lib/client.ts'

const element = document.getElementById('root')
if (!element) throw new Error('The page has no element with the id "root".')
connection.start()
createRoot(element).render(
  <StrictMode>
    <Root />
  </StrictMode>,
)
