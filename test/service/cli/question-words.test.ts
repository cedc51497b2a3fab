import assert from 'node:assert/strict';
import { questionInWords } from '../../../service/cli/question-words.ts';
import type { Candidate } from '../../../service/contract/question.ts';
import { someQuestion } from '../jobs/fixtures.ts';

const plain = (_colour: unknown, text: string) => text;

function candidate(id: string, label: string, ...says: string[]): Candidate {
  return { id, label, evidence: says.map((text) => ({ source: 'a', says: text, weight: 1 })) };
}

function words(...candidates: Candidate[]): string[] {
  const question = someQuestion({ text: 'What is it?', candidates, default: 'a' });
  return questionInWords(question, plain).split('\n');
}

describe('A question in words', () => {
  it('says once what speaks for every candidate, and of each what speaks for it alone', () => {
    assert.deepEqual(
      words(
        candidate('a', 'Film: A', 'The label reads as "A"', 'It is one long title'),
        candidate('b', 'Series: A', 'The label reads as "A"', 'It may be a play-all'),
      ),
      [
        '? What is it?',
        '    The label reads as "A"',
        '  › 1. Film: A',
        '       It is one long title',
        '    2. Series: A',
        '       It may be a play-all',
      ],
    );
  });

  it('keeps with the only candidate what speaks for it', () => {
    assert.deepEqual(words(candidate('a', 'Film: A', 'The label reads as "A"')), [
      '? What is it?',
      '  › 1. Film: A',
      '       The label reads as "A"',
    ]);
  });

  it('does not repeat what the candidate says itself', () => {
    const order = candidate('a', 'S01E01: As the disc numbers them', 'As the disc numbers them');
    assert.deepEqual(words(order), ['? What is it?', '  › 1. S01E01: As the disc numbers them']);
  });
});
