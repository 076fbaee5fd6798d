import { describe, expect, it } from 'vitest';
import { agentText } from '../../src/cli/service/launchd-service.ts';
import { bootVariables, type ServiceWorld } from '../../src/cli/service/service-manager.ts';
import { unitText } from '../../src/cli/service/systemd-unit.ts';

const linesWith = (text: string, beginning: string) => text.split('\n').filter((line) => line.startsWith(beginning));

describe('the systemd unit', () => {
  const text = unitText(
    ['/opt/my $tay/100%/stay', 'resume', '$HOME'],
    [
      ['PATH', '/usr/bin:/bin'],
      ['STAY_STATE_DIR', '/a "b" \\c $d %e'],
    ],
  );

  it('runs once, counts as done, and ends no session when it is stopped', () => {
    for (const line of ['Type=oneshot', 'RemainAfterExit=yes', 'KillMode=process', 'WantedBy=default.target'])
      expect(linesWith(text, line)).toEqual([line]);
  });

  it('quotes what systemd would act on', () => {
    expect(linesWith(text, 'ExecStart')).toEqual(['ExecStart="/opt/my $tay/100%%/stay" resume $$HOME']);
    expect(linesWith(text, 'Environment')).toEqual([
      'Environment=PATH=/usr/bin:/bin',
      String.raw`Environment="STAY_STATE_DIR=/a \"b\" \\c $d %%e"`,
    ]);
  });
});

describe('the launchd agent', () => {
  it('is XML with everything escaped', () => {
    const text = agentText(['/opt/<stay>', 'resume'], [['PATH', '/a&b']]);
    expect(text).toContain('    <string>/opt/&lt;stay&gt;</string>\n    <string>resume</string>\n');
    expect(text).toContain('    <key>PATH</key>\n    <string>/a&amp;b</string>\n');
    expect(text).toMatch(/<key>AbandonProcessGroup<\/key>\s*<true\/>/);
  });
});

describe('the variables of a boot', () => {
  it('are those of the login that are set and fit into a line', () => {
    const env = { PATH: '/bin', LANG: '', STAY_STATE_DIR: '/s', HOME: '/h', LC_ALL: 'a\nb' };
    expect(bootVariables({ env } as unknown as ServiceWorld)).toEqual([
      ['PATH', '/bin'],
      ['STAY_STATE_DIR', '/s'],
    ]);
  });
});
