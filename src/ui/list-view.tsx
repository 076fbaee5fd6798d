// The list on the screen: lines in their regions and panes, the help on top of them, and the cursor. Draws, and decides
// nothing.

import { Box, Text, useCursor, useStdout } from 'ink';
import { memo, type ReactNode, useInsertionEffect } from 'react';
import type { ListLook } from './field-line.ts';
import type { Regions } from './layout.ts';
import { bodyLines, cursorOf, footerLines, headerLines, helpView, panelView, titleLines } from './list-lines.ts';
import { mouseOff, mouseOn } from './mouse-modes.ts';
import { previewLines } from './preview-lines.ts';
import { ReaderView } from './reader-view.tsx';
import { helpFrame, listPanes, listRegions } from './screen-plan.ts';
import type { ListPreferences } from './session-list.ts';
import { tableColumns } from './session-table.ts';

/** Home, for the cursor may be anywhere when the alternate screen is entered; and pastes told from keys. */
const enterSequence = '\x1b[H\x1b[?2004h';
const leaveSequence = '\x1b[?2004l';

/** OSC 11 asks for the background; primary device attributes, which every terminal tells, end the wait for it. */
const backgroundQuestion = '\x1b]11;?\x1b\\\x1b[c';

export function ListView(look: ListLook): ReactNode {
  const { state } = look;
  useTerminalModes(state.preferences);
  const regions = listRegions(state);
  const { setCursorPosition } = useCursor();
  setCursorPosition(cursorOf(look, regions));
  if (state.preferences.isForScreenReader) return <ReaderView {...look} />;
  return (
    <Box flexDirection="column" width={state.size.cols} height={state.size.rows} overflow="hidden">
      <Lines lines={headerLines(look)} height={regions.header} />
      <Panes look={look} regions={regions} />
      <Lines lines={panelView(look)} height={regions.panel} />
      <Lines lines={footerLines(look, regions)} height={regions.footer} />
      {state.mode.kind === 'help' && <Help look={look} top={state.mode.top} />}
    </Box>
  );
}

/** Sets what Ink does not. Insertion effects run after Ink entered its screen and before it draws the first frame. */
function useTerminalModes({ hasMouse, hasColor, background }: ListPreferences): void {
  const { stdout } = useStdout();
  useInsertionEffect(() => {
    const question = hasColor && background === null ? backgroundQuestion : '';
    stdout.write(enterSequence + (hasMouse ? mouseOn : '') + question);
    return () => void stdout.write((hasMouse ? mouseOff : '') + leaveSequence);
  }, [stdout, hasMouse, hasColor, background]);
}

function Panes({ look, regions }: { look: ListLook; regions: Regions }): ReactNode {
  const { state, theme, home } = look;
  const panes = listPanes(state);
  const columns = tableColumns(state, home);
  const height = regions.titles + regions.body;
  const separator = Array.from({ length: height }, () => theme.faint(theme.lines.vertical));
  return (
    <Box height={height}>
      {panes.list > 0 && (
        <Box flexDirection="column" width={panes.list} flexShrink={0}>
          <Lines lines={titleLines(look, columns)} height={regions.titles} />
          <Lines lines={bodyLines(look, columns)} height={regions.body} />
        </Box>
      )}
      {panes.separator > 0 && (
        <Box flexDirection="column" width={1} flexShrink={0}>
          <Lines lines={separator} height={height} />
        </Box>
      )}
      {panes.preview > 0 && (
        <Box flexDirection="column" width={panes.preview} flexShrink={0}>
          <Lines lines={previewLines(look)} height={height} />
        </Box>
      )}
    </Box>
  );
}

/** The keys, on top of the list. */
function Help({ look, top }: { look: ListLook; top: number }): ReactNode {
  const { state } = look;
  const { size, preferences } = state;
  const { lines, width } = helpView(look, top);
  const frame = helpFrame(state);
  // A blank on each side parts the text from the frame, and hides what is below it.
  const texts = lines.map((line) => ` ${line} `);
  return (
    <Box
      position="absolute"
      left={Math.max(0, Math.floor((size.cols - width - 2 - frame) / 2))}
      top={Math.max(0, Math.floor((size.rows - lines.length - frame) / 3))}
      width={Math.min(size.cols, width + 2 + frame)}
      flexDirection="column"
      borderStyle={frame === 0 ? undefined : preferences.isAscii ? 'classic' : 'round'}
      borderDimColor
    >
      <Lines lines={texts} height={texts.length} />
    </Box>
  );
}

/** `height` lines; what is missing is blank. */
function Lines({ lines, height }: { lines: readonly string[]; height: number }): ReactNode {
  return Array.from({ length: height }, (_, row) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
    return <Line key={row} text={lines[row] || ' '} />;
  });
}

const Line = memo(function Line({ text }: { text: string }): ReactNode {
  return <Text wrap="truncate">{text}</Text>;
});
