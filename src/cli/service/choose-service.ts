// Which manager of services this machine has.

import { launchdService } from './launchd-service.ts';
import { manualService } from './manual-service.ts';
import type { ServiceManager, ServiceWorld } from './service-manager.ts';
import { systemdService } from './systemd-service.ts';

export function chooseService(system: string, world: ServiceWorld): ServiceManager {
  if (system === 'darwin') return launchdService(world);
  return world.login.isSystemd && world.login.hasUserManager ? systemdService(world) : manualService(world);
}
