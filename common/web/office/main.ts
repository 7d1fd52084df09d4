// The office's console: mounts the app, nothing else.
import { start } from '@/shell/start'

import App from './App.vue'
import { router } from './router'

start(App, router)
