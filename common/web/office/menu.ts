// The entries of the menu, in the order people need them.
import {
  Bell,
  Box,
  Clock,
  Coin,
  Collection,
  CopyDocument,
  DataBoard,
  Document,
  Download,
  EditPen,
  Finished,
  Files,
  Key,
  Monitor,
  OfficeBuilding,
  Refresh,
  Setting,
  Switch,
  TrendCharts,
  Upload,
  User,
} from '@element-plus/icons-vue'

import type { MenuSection } from '@/shell/menu'

export const sections: MenuSection[] = [
  {
    name: 'work',
    entries: [
      { name: 'morning', path: '/', icon: DataBoard, needs: ['status'], letter: 'm' },
      { name: 'cases', path: '/cases', icon: Switch, needs: ['case.list'], count: 'cases', tone: 'urgent', letter: 'c' },
      { name: 'proposals', path: '/proposals', icon: EditPen, needs: ['proposal.list'], count: 'proposals', letter: 'p' },
      { name: 'duplicates', path: '/duplicates', icon: CopyDocument, needs: ['dup.list'], letter: 'd' },
      { name: 'tasks', path: '/kinds/task', icon: Finished, needs: ['task.list'], count: 'tasks', letter: 't', kind: 'task' },
      { name: 'approvals', path: '/kinds/approval', icon: Document, needs: ['approval.list'], count: 'approvals', tone: 'urgent', letter: 'a', kind: 'approval' },
      { name: 'notifications', path: '/kinds/notification', icon: Bell, needs: ['notification.list'], count: 'notifications', letter: 'n', kind: 'notification' },
    ],
  },
  {
    name: 'files',
    entries: [
      { name: 'customers', path: '/kinds/customer', icon: OfficeBuilding, needs: ['customer.list'], letter: 'k', kind: 'customer' },
      { name: 'kinds', path: '/kinds', icon: Collection, needs: ['customer.list'], letter: 'r' },
      { name: 'import', path: '/import', icon: Upload, needs: ['import'], letter: 'i' },
      { name: 'export', path: '/export', icon: Download, needs: ['export'], letter: 'e' },
      { name: 'reports', path: '/reports', icon: TrendCharts, needs: ['report.run'], letter: 'o' },
    ],
  },
  {
    name: 'control',
    entries: [
      { name: 'devices', path: '/devices', icon: Monitor, needs: ['device.list'], count: 'late', tone: 'urgent', letter: 'l' },
      { name: 'held', path: '/held', icon: Box, needs: ['held.list'], letter: 'h' },
      { name: 'syncs', path: '/syncs', icon: Refresh, needs: ['session.list'], letter: 's' },
      { name: 'audit', path: '/audit', icon: Files, needs: ['audit.list'], letter: 'u' },
      { name: 'people', path: '/people', icon: User, needs: ['user.add', 'access.as-of'], letter: 'y' },
      { name: 'grants', path: '/grants', icon: Key, needs: ['grant.list'], letter: 'g' },
      { name: 'jobs', path: '/jobs', icon: Clock, needs: ['job.list'], letter: 'j' },
      { name: 'backups', path: '/backups', icon: Coin, needs: ['backup.create', 'job.run'], letter: 'b' },
      { name: 'settings', path: '/settings', icon: Setting, needs: ['config.set'], letter: 'z' },
    ],
  },
]
