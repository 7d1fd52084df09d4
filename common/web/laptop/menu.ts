// The entries of the menu, in the order people need them.
import { Calendar, ChatDotRound, Collection, Finished, Message, Notebook, OfficeBuilding, Refresh } from '@element-plus/icons-vue'

import type { MenuSection } from '@/shell/menu'

export const sections: MenuSection[] = [
  {
    name: '',
    entries: [
      { name: 'today', path: '/', icon: Calendar, needs: ['status'], letter: 't', narrow: true },
      { name: 'customers', path: '/kinds/customer', icon: OfficeBuilding, needs: ['customer.list'], letter: 'c', kind: 'customer', narrow: true },
      { name: 'visits', path: '/kinds/communication', icon: ChatDotRound, needs: ['communication.list'], letter: 'v', kind: 'communication' },
      { name: 'tasks', path: '/kinds/task', icon: Finished, needs: ['task.list'], letter: 'k', kind: 'task' },
      { name: 'worklog', path: '/worklog', icon: Notebook, needs: ['worklog.show'], letter: 'w' },
      { name: 'sync', path: '/sync', icon: Refresh, needs: ['sync'], letter: 's', count: 'unsent', tone: 'waits', narrow: true },
      { name: 'inbox', path: '/inbox', icon: Message, needs: ['tray.list'], letter: 'i', count: 'matters', tone: 'urgent', narrow: true },
      { name: 'kinds', path: '/kinds', icon: Collection, needs: ['customer.list'], letter: 'r' },
    ],
  },
]
