<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n picture(s) found</source>
        <translation>
            <numerusform>%Ln picture found</numerusform>
            <numerusform>%Ln pictures found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) disappeared from here at once. Nothing is forgotten: they come back with their files. Is a drive missing? Has a part of the folder moved? Then add the folder that it is in now.</source>
        <translation>
            <numerusform>%Ln picture disappeared from here. Nothing is forgotten: it comes back with its file. Is a drive missing? Has a part of the folder moved? Then add the folder that it is in now.</numerusform>
            <numerusform>%Ln pictures disappeared from here at once. Nothing is forgotten: they come back with their files. Is a drive missing? Has a part of the folder moved? Then add the folder that it is in now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything adds up; %n file(s) could not be read</source>
        <translation>
            <numerusform>Everything adds up; %Ln file could not be read</numerusform>
            <numerusform>Everything adds up; %Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n different picture(s) among the indexed files</source>
        <translation>
            <numerusform>%Ln different picture among the indexed files</numerusform>
            <numerusform>%Ln different pictures among the indexed files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) from before the library was brought to a newer format</source>
        <translation>
            <numerusform>%Ln copy from before the library was brought to a newer format</numerusform>
            <numerusform>%Ln copies from before the library was brought to a newer format</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n near-identical picture(s) collapsed</source>
        <translation>
            <numerusform>%Ln near-identical picture collapsed</numerusform>
            <numerusform>%Ln near-identical pictures collapsed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be put on the board: not readable as pictures</source>
        <translation>
            <numerusform>%Ln file could not be put on the board: not readable as pictures</numerusform>
            <numerusform>%Ln files could not be put on the board: not readable as pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is/are not in the library yet</source>
        <translation>
            <numerusform>One of them is not in the library yet</numerusform>
            <numerusform>%Ln of them are not in the library yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n picture(s) on “{board}”</source>
        <translation>
            <numerusform>Put %Ln picture on “{board}”</numerusform>
            <numerusform>Put %Ln pictures on “{board}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Took %n picture(s) off “{board}”; Ctrl+Z undoes it</source>
        <translation>
            <numerusform>Took %Ln picture off “{board}”; Ctrl+Z undoes it</numerusform>
            <numerusform>Took %Ln pictures off “{board}”; Ctrl+Z undoes it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put %n picture(s) on the new board “{board}”</source>
        <translation>
            <numerusform>Put %Ln picture on the new board “{board}”</numerusform>
            <numerusform>Put %Ln pictures on the new board “{board}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not there now</source>
        <translation>
            <numerusform>%Ln not there now</numerusform>
            <numerusform>%Ln not there now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n board(s)</source>
        <translation>
            <numerusform>%Ln board</numerusform>
            <numerusform>%Ln boards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n good analogy/analogies</source>
        <translation>
            <numerusform>%Ln good analogy</numerusform>
            <numerusform>%Ln good analogies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported %n group(s)</source>
        <translation>
            <numerusform>Exported %Ln group</numerusform>
            <numerusform>Exported %Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left alone</source>
        <translation>
            <numerusform>%Ln left alone</numerusform>
            <numerusform>%Ln left alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) from {source}</source>
        <translation>
            <numerusform>%Ln group from {source}</numerusform>
            <numerusform>%Ln groups from {source}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) are hardly more related than any two pictures</source>
        <translation>
            <numerusform>%Ln link is hardly more related than any two pictures</numerusform>
            <numerusform>%Ln links are hardly more related than any two pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{model}: {number} of %n picture(s) embedded; until then it re-ranks {small}’s answers</source>
        <translation>
            <numerusform>{model}: {number} of %Ln picture embedded; until then it re-ranks {small}’s answers</numerusform>
            <numerusform>{model}: {number} of %Ln pictures embedded; until then it re-ranks {small}’s answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Described %n picture(s)</source>
        <translation>
            <numerusform>Described %Ln picture</numerusform>
            <numerusform>Described %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%Ln could not be read</numerusform>
            <numerusform>%Ln could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to date: %n picture(s)</source>
        <translation>
            <numerusform>Up to date: %Ln picture</numerusform>
            <numerusform>Up to date: %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n indexed</source>
        <translation>
            <numerusform>%Ln indexed</numerusform>
            <numerusform>%Ln indexed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reused</source>
        <translation>
            <numerusform>%Ln reused</numerusform>
            <numerusform>%Ln reused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%Ln skipped</numerusform>
            <numerusform>%Ln skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%Ln found</numerusform>
            <numerusform>%Ln found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>removing %n comparison(s)</source>
        <translation>
            <numerusform>removing %Ln comparison</numerusform>
            <numerusform>removing %Ln comparisons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A matrix has {most} pictures at most: %n left out</source>
        <translation>
            <numerusform>A matrix has {most} pictures at most: %Ln left out</numerusform>
            <numerusform>A matrix has {most} pictures at most: %Ln left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read: {name}</source>
        <translation>
            <numerusform>%Ln picture could not be read: {name}</numerusform>
            <numerusform>%Ln pictures could not be read: {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This is the end, and %n group(s) is/are not decided yet</source>
        <translation>
            <numerusform>This is the end, and %Ln group is not decided yet</numerusform>
            <numerusform>This is the end, and %Ln groups are not decided yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n group(s) are decided</source>
        <translation>
            <numerusform>The group is decided</numerusform>
            <numerusform>All %Ln groups are decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Without “{filter}”: %n hit(s)</source>
        <translation>
            <numerusform>Without “{filter}”: %Ln hit</numerusform>
            <numerusform>Without “{filter}”: %Ln hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the %n picture(s) like it</source>
        <translation>
            <numerusform>Show the %Ln picture like it</numerusform>
            <numerusform>Show the %Ln pictures like it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are not measured yet: no format, shape or colour lets them pass</source>
        <translation>
            <numerusform>%Ln picture is not measured yet: no format, shape or colour lets it pass</numerusform>
            <numerusform>%Ln pictures are not measured yet: no format, shape or colour lets them pass</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s), each with each</source>
        <translation>
            <numerusform>%Ln picture, each with each</numerusform>
            <numerusform>%Ln pictures, each with each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compare these %n in a matrix</source>
        <translation>
            <numerusform>Compare these %Ln in a matrix</numerusform>
            <numerusform>Compare these %Ln in a matrix</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the %n picture(s) like it (Space)</source>
        <translation>
            <numerusform>Show the %Ln picture like it (Space)</numerusform>
            <numerusform>Show the %Ln pictures like it (Space)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) selected</source>
        <translation>
            <numerusform>%Ln picture selected</numerusform>
            <numerusform>%Ln pictures selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %n path(s)</source>
        <translation>
            <numerusform>Copied %Ln path</numerusform>
            <numerusform>Copied %Ln paths</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more folder(s) waiting</source>
        <translation>
            <numerusform>%Ln more folder waiting</numerusform>
            <numerusform>%Ln more folders waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Filters, %n set</source>
        <translation>
            <numerusform>Filters, %Ln set</numerusform>
            <numerusform>Filters, %Ln set</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) go with it.</source>
        <translation>
            <numerusform>%Ln answer goes with it.</numerusform>
            <numerusform>%Ln answers go with it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) at most.</source>
        <translation>
            <numerusform>%Ln question at most.</numerusform>
            <numerusform>%Ln questions at most.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n question(s) are answered, and every answer is kept.</source>
        <translation>
            <numerusform>The question is answered, and the answer is kept.</numerusform>
            <numerusform>All %Ln questions are answered, and every answer is kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>by %n person(s)</source>
        <translation>
            <numerusform>by %Ln person</numerusform>
            <numerusform>by %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them have not finished</source>
        <translation>
            <numerusform>%Ln of them has not finished</numerusform>
            <numerusform>%Ln of them have not finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Two people give the same answer in {share} of cases, over %n question(s).</source>
        <translation>
            <numerusform>Two people give the same answer in {share} of cases, over %Ln question.</numerusform>
            <numerusform>Two people give the same answer in {share} of cases, over %Ln questions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new answer(s) taken in</source>
        <translation>
            <numerusform>%Ln new answer taken in</numerusform>
            <numerusform>%Ln new answers taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%Ln known already</numerusform>
            <numerusform>%Ln known already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) refused: {reasons}</source>
        <translation>
            <numerusform>%Ln answer refused: {reasons}</numerusform>
            <numerusform>%Ln answers refused: {reasons}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>New user study of these %n…</source>
        <translation>
            <numerusform>New user study of this one…</numerusform>
            <numerusform>New user study of these %Ln…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n selected picture(s)</source>
        <translation>
            <numerusform>The selected picture</numerusform>
            <numerusform>The %Ln selected pictures</numerusform>
        </translation>
    </message>
</context>
</TS>
