// Every number that bounds something, with its unit and its reason. Nothing else may hold a bare limit.

/** History lines that a session keeps in memory above its screen, unless the setting `history_lines` says otherwise. */
export const defaultHistoryLines = 10_000;

/** History lines that it may keep at most: of 80 columns they take 1.7 GB, packed 0.3 GB, and painting them takes seconds. */
export const maxHistoryLines = 1_000_000;

/** History lines replayed into a terminal at attach, unless the setting `replay_lines` says otherwise. */
export const defaultReplayLines = 1_000;

/** Bytes of compressed long history that one session may keep on the disk, unless the settings say otherwise. */
export const defaultHistoryBytes = 64 * 1024 * 1024;

/** Bytes of one wire frame's body. A repaint of 10,000 wide coloured lines stays below; more is a broken peer. */
export const maxFrameBytes = 32 * 1024 * 1024;

/** Bytes of one frame of output: a client on a slow line shows the first while the next are under way. */
export const maxOutputFrameBytes = 256 * 1024;

/**
 * Bytes queued for a holder that keeps taking them: above `hold` the program is held up for it, below `resume` it goes on.
 * A viewer on the same machine then misses nothing of a flood that is faster than it.
 */
export const outputFlowBytes = { hold: 1024 * 1024, resume: 256 * 1024 } as const;

/**
 * Bytes of a flood. A read of a terminal that brings more than `endless` was filled while it was made: the kernel holds 64 kB. We
 * read on ourselves in pieces that end with the first 4 kB beyond `piece`, or `atOnce`. After `turn`, 10 ms, the event loop turns.
 */
export const floodRead = { endless: 64 * 1024, piece: 2 * 1024, atOnce: 128 * 1024, turn: 384 * 1024 } as const;

/**
 * Bytes of output that a client may have been sent and its terminal not have taken: as many as it takes in `ms`, within
 * `least` and `most`, and `first` before that is known. What is under way cannot be taken back, and what a key brings about
 * comes behind it; yet a terminal on the same machine must never wait for more. A full window is filled again once half of it is
 * taken. A read may bring more than the whole window, so output is dealt with in pieces of a quarter of it, or `piece`.
 */
export const outputWindow = { ms: 40, least: 8 * 1024, first: 64 * 1024, most: 1024 * 1024, piece: 32 * 1024 } as const;

/** Bytes of a key's echo, or of some lines drawn anew, which we read so long after the holder's client: ten times what that takes. */
export const littleOutput = { bytes: 2 * 1024, unreadMs: 1 } as const;

/**
 * Bytes that a terminal takes before its client tells the server of them: `least`, half of the smallest window, as often as
 * every `intervalMs`; in a flood `most`, so that telling costs nothing.
 */
export const takenStep = { bytes: { least: 4 * 1024, most: 64 * 1024 }, intervalMs: 4 } as const;

/**
 * Milliseconds that the history above a resync may take a client, reckoned by how fast its terminal has been, and by lines of
 * all columns: the screen comes behind it. Enough for the usual 1,000 lines of 80 columns on a line of 1 MB/s.
 */
export const resyncHistoryMs = 80;

/**
 * Somebody who types waits for what comes of it, which stands behind what is queued. So it is looked at `times` times, every
 * `everyMs`: a client with more than `bytes` queued, and more than twice what its terminal took meanwhile, gets the present
 * screen instead, which is shorter. A viewer on the same machine is never so slow.
 */
export const typedOver = { bytes: 64 * 1024, everyMs: 50, times: 6 } as const;

/** Milliseconds that the program is held up for its holder at a time: a viewer that takes longer is too slow to wait for. */
export const holdLimitMs = 250;

/** Milliseconds after which a holder that was too slow may hold the program up again. */
export const slowHolderMs = 5_000;

/** Bytes queued for a holder before it counts as behind and is resynced. Above any repaint's usual size, far below harm. */
export const maxQueuedOutputBytes = 4 * 1024 * 1024;

/** Milliseconds a question to a server may take before it counts as not answering. */
export const answerTimeoutMs = 1_000;

/** Milliseconds a new server may take from its start to its first answer. A cold, loaded machine needs about 1 s. */
export const startTimeoutMs = 10_000;

/** Milliseconds between SIGHUP and SIGKILL when a session is killed. */
export const killGraceMs = 2_000;

/** Milliseconds between looks at a dying process that is not our child: nothing tells us of its end. */
export const reapIntervalMs = 20;

/** Milliseconds `kill` waits for processes to vanish after SIGKILL: one in uninterruptible sleep may never do so. */
export const reapTimeoutMs = 5_000;

/** Milliseconds an escape that may start a detach key is held back for the rest of it. Below what a person feels. */
export const escapeHoldMs = 25;

/** Milliseconds at most between the status updates that a watching list gets from one session. */
export const statusIntervalMs = 250;

/** Bytes of a unix socket's path, without its terminating zero (sun_path: 108 on Linux, 104 on macOS). */
export const maxSocketPathBytes = 103;

/** Columns and rows of a session made where there is no terminal to ask. */
export const defaultSize = { cols: 80, rows: 24 } as const;

/** Columns or rows accepted at most; xterm allocates a full row for each. */
export const maxCells = 1_000;

/** Pixels of a terminal's width or height at most: the kernel keeps them in 16 bits. */
export const maxPixels = 65_535;

/** Characters (code points) of a session's name. */
export const maxNameLength = 64;

/** Milliseconds to wait for another process's short hold of the catalog's lock before giving up. */
export const lockTimeoutMs = 5_000;

/** Milliseconds between tries for a held lock. */
export const lockIntervalMs = 5;

/** Milliseconds a server whose program has ended stays for clients that have not yet read the program's last words. */
export const lastWordsMs = 60_000;

/** Bytes a client keeps for a slow terminal before it stops taking more from the server. */
export const maxUnwrittenBytes = 256 * 1024;

/** Milliseconds a leaving client waits for the server's last word, which it can do without. */
export const partingTimeoutMs = 250;

/** Milliseconds a line of ours is shown over a session unless a key is typed: long enough to read it. */
export const noticeMs = 3_000;

/** Milliseconds a terminal's size must rest before the program is told: one SIGWINCH for a whole drag of the window. */
export const resizeSettleMs = 40;

/** Milliseconds an attach waits for the server; a server that repaints a long history under load answers well within. */
export const attachTimeoutMs = 5_000;

/** Milliseconds without output after a program's end that count as the end of its output, and how long they are waited for. */
export const outputEndMs = { quiet: 30, atMost: 500 } as const;

/** Milliseconds the sessions' folder must rest before the list looks at it again: making a session touches it several times. */
export const feedSettleMs = 30;

/** Milliseconds the list waits for the first answers of servers before it shows the others: below what a person feels. */
export const feedPatienceMs = 60;

/** Milliseconds before another look at a server that runs and does not listen, doubled each time; beyond `atMost` none. */
export const feedRetryMs = { first: 30, atMost: 2_000 } as const;

/** Milliseconds a new session waits for whoever made it to attach, before its program is started all the same. */
export const firstHolderTimeoutMs = 3_000;

/** Milliseconds before another try to write to a full terminal, where the kernel would not wait for us. */
export const fullTerminalWaitMs = 2;

/** Milliseconds after a question of the program within which its holder's answer may still be under way. */
export const answerDueMs = 1_000;

/** Milliseconds a leaving client waits for answers that are under way; a slow line takes that long. */
export const lateAnswerTimeoutMs = 500;

/** Milliseconds a tool of the system (`loginctl`, `locale`, ...) may take before `doctor` goes on without it. */
export const toolTimeoutMs = 2_000;

/** Milliseconds `systemctl` may take to change something: it waits for the manager to read all its units again. */
export const changeTimeoutMs = 15_000;

/** Milliseconds a server's answer may take before `doctor` calls it slow: from there on a person feels it. */
export const slowAnswerMs = 100;

/** Free bytes of a disk below which `doctor` complains, and below which it mentions it. Some saved screens are a few MB. */
export const lowDiskBytes = { problem: 64 * 1024 * 1024, note: 512 * 1024 * 1024 } as const;

/** Milliseconds from a change of a session's screen until it is on its way to the disk: with scheduling, below 100. */
export const journalDelayMs = 60;

/** Milliseconds from there until the disk is told to keep it for good: with the disk's own time, below 1 s. */
export const journalSyncMs = 700;

/**
 * Output journaled as it is: `burstBytes` at once, so that a file that is looked at is in the history whole, and
 * `bytesPerMs` in the long run, 2 MB/s. Of more than that only the resulting screen is kept.
 */
export const journalRate: JournalRate = { burstBytes: 16 * 1024 * 1024, bytesPerMs: 2_048 };

export interface JournalRate {
  burstBytes: number;
  bytesPerMs: number;
}

/** Bytes of output held for a disk that is slower than the program; more counts as too much to journal. */
export const maxUnsavedBytes = 8 * 1024 * 1024;

/** Bytes of output that are on their way to the disk at once: a burst must not wait in memory for its time. */
export const promptJournalBytes = 1024 * 1024;

/** Bytes after which another file of the archive is begun: the oldest is what goes when there is too much. */
export const archiveFileBytes = 1024 * 1024;

/** Journals that wait for an archive that cannot be written, at most: each is some MB long. */
export const maxWaitingJournals = 4;

/** Characters that `stay history` prints at a time, at least. */
export const printBatchChars = 64 * 1024;

/** Lines that `stay history` prints unless told otherwise: some screens full. */
export const printedHistoryLines = 1_000;

/** Lines of history that a replay keeps before it tells them, as many at a time: a window that grows takes some back. */
export const replayedLines = maxCells;

/** Bytes fed to a replay before its lines are taken, so that few are held. */
export const replayPieceBytes = 256 * 1024;

/** Bytes of records that are replayed for the last lines of a history; four times more if those do not do, and so on. */
export const firstReplayBytes = 512 * 1024;

/** History lines kept with such a screen, at most: what a person may have read of a flood. */
export const floodHistoryLines = 300;

/** Bytes that such screens may cost the disk in a millisecond: larger ones are kept less often. */
export const floodBytesPerMs = 3_000;

/**
 * Length of a journal that calls for a new checkpoint: `times` the checkpoint's, which bounds what checkpoints cost, but no
 * less than `bytes`, which takes some 80 ms to replay when the session is resumed. `quietTimes` and `quietBytes` are the same for a session that has just become quiet.
 */
export const journalBound = { bytes: 5 * 1024 * 1024, times: 4, quietBytes: 64 * 1024, quietTimes: 0.25 } as const;

/** Milliseconds without output, or any other change of a session, that count as quiet. */
export const quietMs = 2_000;

/** Milliseconds before another try to write to a disk that failed, doubled each time. */
export const diskRetryMs = { first: 1_000, atMost: 60_000 } as const;

/** Milliseconds that a server told to end gives its disk for the last checkpoint: whoever tells it waits for 1 s. */
export const lastCheckpointMs = 800;

/** Milliseconds that a session must live after its start for that start to count as a good one. */
export const steadyMs = 30_000;

/** Starts in a row that were not good ones, after which only a person starts the session again. */
export const maxShortLives = 5;

/** Milliseconds from a start that was not a good one to the next that nobody asks for by name; doubled each time. */
export const restartBackoffMs = 1_000;

/** Milliseconds by which the time of the last output may be out of date in the record of a session whose server was killed. */
export const outputTimeStepMs = 60_000;

/** Names of directories offered for completing one: more than any screen shows. */
export const maxCompletions = 200;

/** Entries of a folder that are looked at for it. Reading them takes some 100 ms; who has more types on. */
export const maxFolderEntries = 20_000;

/** Characters (code points) kept of a notification's title and text: more than any list shows of them. */
export const maxNotificationLength = { title: 200, text: 1_000 } as const;

/** Milliseconds at least between two pictures of a session's screen that a watcher is sent: 10 a second. */
export const previewIntervalMs = 100;

/** Milliseconds from a change of the screen to its picture, while nothing else delays it: a redraw comes in several reads. */
export const previewSettleMs = 15;

/** Cells of such a picture at most. Far above any pane of a list, and with every cell's colours far below a frame's bytes. */
export const maxPreviewCells = { cols: 500, rows: 200 } as const;

/** Milliseconds a session's picture may take before it is said that there is none: a person is told within a second. */
export const previewTimeoutMs = 900;

/** Milliseconds before another look at a server that just went or is just coming up, doubled each time. */
export const previewRetryMs = { first: 20, atMost: 1_000 } as const;

/** Milliseconds from the loss of a server's socket until it makes a new one: whoever removes the folder gets to the end of it. */
export const socketSettleMs = 100;

/**
 * Sockets in a folder whose servers have the system watch them. Further ones rely on the signal of their clients: a user has
 * 128 inotify instances on most systems (inotify(7)), and their other programs need some.
 */
export const watchedSockets = 32;

/** Milliseconds before another try where the socket cannot be made, doubled each time; a client that asks for it is heard at once. */
export const socketRetryMs = { first: 250, atMost: 60_000 } as const;

/**
 * Milliseconds that a client waits for a server to make its socket again: one that wants this session, and one that lists
 * it among others, which must not wait for it.
 */
export const socketPatienceMs = { wanted: 2_000, listed: 500 } as const;

/**
 * Bytes of output after which a session that has been quiet for `quietMs` gives the memory back that they took: less is not
 * worth the 20 ms. By then the checkpoint that quiet calls for is done, too. Its history is packed so many lines at a time
 * (3 ms), with a pause for whoever types meanwhile, in blocks of `blockLines`: of 128, 100,000 lines would take 3 MB more.
 */
export const memoryBound = {
  bytes: 128 * 1024,
  quietMs: 5_000,
  packing: { limit: 2_048, blockLines: 512 },
  pauseMs: 10,
  againMs: 500,
} as const;
