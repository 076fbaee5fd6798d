import { expect, it } from 'vitest';
import { serverEnvironment, starterEnvironment } from '../../src/platform/server-environment.ts';

it('of a server keeps its runtime quiet', () => {
  expect(serverEnvironment({ HOME: '/home/me' }, 'abcdefghij')).toEqual({
    HOME: '/home/me',
    STAY_SERVER: 'abcdefghij',
    BUN_GC_TIMER_DISABLE: '1',
    MIMALLOC_PURGE_DELAY: '0',
    MIMALLOC_PURGE_HOLES_FULL_EVERY: '0',
    BUN_JSC_largeHeapSize: '2000000',
    BUN_JSC_useWarmUpMarkedBlocks: 'false',
    BUN_JSC_numberOfGCMarkers: '1',
    BUN_JSC_thresholdForJITAfterWarmUp: '5000',
    BUN_JSC_thresholdForFTLOptimizeAfterWarmUp: '300000',
    BUN_JSC_thresholdForFTLOptimizeSoon: '3000',
  });
});

it.each([{}, { BUN_GC_TIMER_DISABLE: '0' }, { MIMALLOC_PURGE_DELAY: '' }])(
  'leaves nothing of that to the program, nor loses what the user set: %j',
  (own) => {
    const starter = { HOME: '/home/me', ...own };
    const back = starterEnvironment(serverEnvironment(starter, 'abcdefghij'));
    expect(Object.entries(back).filter(([, value]) => value !== undefined)).toEqual(Object.entries(starter));
  },
);
