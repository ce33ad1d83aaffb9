"""What a person judged and collected: verdicts, boards, groups."""
