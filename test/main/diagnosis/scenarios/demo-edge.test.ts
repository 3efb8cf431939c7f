import { runScenarios } from './run-scenarios.ts'

runScenarios('demo edge')
