import { describe, expect, it } from 'vitest';
import { answerDueMs } from '../../src/base/limits.ts';
import { Questions } from '../../src/session/questions.ts';
import { bytesOf, textOf } from '../support/bytes.ts';

const attributes = '\x1b[?1;2c';
const scheme = '\x1b[?997;1n';
const texts = (answers: Uint8Array[]) => answers.map((answer) => textOf(answer));

function ask(questions: Questions, ...answers: string[]): void {
  for (const answer of answers) questions.asked(bytesOf(answer), { isQueued: false, now: 0 });
}

describe('when the holder leaves', () => {
  it('what its terminal has not answered is answered by us', () => {
    const questions = new Questions();
    ask(questions, attributes, '\x1b[1;1R');
    expect(texts(questions.abandoned(10))).toEqual([attributes, '\x1b[1;1R']);
    expect(questions.abandoned(10)).toEqual([]);
  });

  it.each([
    ['DA1', attributes, '\x1b[?62;4;22c'],
    ['DA2', '\x1b[>0;276;0c', '\x1b[>41;354;0c'],
    ['DA3', '\x1bP!|00000000\x1b\\', '\x1bP!|7E565445\x1b\\'],
    ['a position', '\x1b[1;1R', '\x1b[12;40R'],
    ['XTVERSION', '\x1bP>|stay\x1b\\', '\x1bP>|kitty(0.39)\x1b\\'],
    ['a capability', '\x1bP1+r544e=78\x1b\\', '\x1bP1+r544E=79\x1b\\'],
    ['an unknown capability', '\x1bP0+r544e\x1b\\', '\x1bP1+r544E=79\x1b\\'],
    ['DECRQSS', '\x1bP1$r0m\x1b\\', '\x1bP1$r0;1m\x1b\\'],
    ['DECRQM', '\x1b[?2026;2$y', '\x1b[?2026;1$y'],
    ['a colour', '\x1b]11;rgb:0000/0000/0000\x1b\\', '\x1b]11;rgb:ffff/ffff/ffff\x07'],
    ['a palette colour', '\x1b]4;7;rgb:0000/0000/0000\x1b\\', '\x1b]4;7;rgb:ffff/ffff/ffff\x07'],
    ['a size', '\x1b[4;384;640t', '\x1b[4;1000;2000t'],
    ['keyboard flags', '\x1b[?0u', '\x1b[?15u'],
  ])('%s that was answered is not answered again', (_name, ours, theirs) => {
    const questions = new Questions();
    ask(questions, ours);
    questions.heard(bytesOf(`x${theirs}y`));
    expect(questions.abandoned(10)).toEqual([]);
  });

  it('a question that its terminal passed over is not answered for it any more', () => {
    const questions = new Questions();
    ask(questions, scheme, attributes, '\x1b[1;1R');
    questions.heard(bytesOf('\x1b[?62c'));
    expect(texts(questions.abandoned(10))).toEqual(['\x1b[1;1R']);
  });

  it('focus reports and answers to nobody settle nothing', () => {
    const questions = new Questions();
    ask(questions, attributes);
    questions.heard(bytesOf('\x1b[I\x1b[O\x1b]10;rgb:0/0/0\x07\x1b[4;1;1t'));
    expect(texts(questions.abandoned(10))).toEqual([attributes]);
  });

  it('a question that has been open for long is not answered: nobody waits for it', () => {
    const questions = new Questions();
    ask(questions, attributes);
    expect(questions.abandoned(answerDueMs)).toEqual([]);
  });

  it('a question that has been open for long may still be answered by its terminal, which was held up', () => {
    const questions = new Questions();
    ask(questions, attributes);
    expect(questions.due).toEqual({ isAnswerDue: true, attributesDue: 1 });
    questions.abandoned(answerDueMs);
    expect(questions.due).toEqual({ isAnswerDue: false, attributesDue: 0 });
  });
});

describe('when output is dropped', () => {
  it('only questions in what was not sent are ours', () => {
    const questions = new Questions();
    questions.queued();
    questions.asked(bytesOf('\x1b[1;1R'), { isQueued: true, now: 0 });
    questions.queued();
    questions.asked(bytesOf(attributes), { isQueued: true, now: 0 });
    questions.sent(1);
    expect(texts(questions.missed())).toEqual([attributes]);
    expect(texts(questions.abandoned(2))).toEqual(['\x1b[1;1R']);
  });
});
