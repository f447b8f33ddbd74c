// Packs as files: of one case for whoever may see it, and of a whole agenda. What may not be seen is in neither: each case is asked of its door.
import { can } from '../../domain/permissions';
import { isErased } from '../../domain/state';
import { page, type Asked, type FileShown, type Page } from '../page';
import { paragraph } from '../parts';
import { packOf, type Pack } from '../pack/pack';
import { packsPdf } from '../pack/packPdf';
import { inOrder, titleOf } from './meeting';

const packPage = page({
  path: '/cases/{reference}/pack.pdf',
  name: 'pack',
  who: 'signed-in',
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const found = await asked.door('case', { params: { reference } });
    if (isErased(found)) {
      return {
        title: 'The application is erased',
        caption: reference,
        back: { href: `/cases/${reference}`, text: `Case ${reference}` },
        main: paragraph(
          'There is no file of it any more: it was kept as long as it is to be kept. The page of the case says what happened, and when.',
        ),
      };
    }
    return file(asked, `Pack ${reference}`, [packOf(found)]);
  },
});

const packsPage = page({
  path: '/meetings/{id}/packs.pdf',
  name: 'packs',
  who: (person) => can(person, 'see-calendar'),
  show: async (asked) => {
    const meeting = await asked.door('meeting', { params: { id: asked.params['id'] ?? '' } });
    const packs: Pack[] = [];
    for (const { reference } of inOrder(meeting)) {
      const found = await asked.door('case', { params: { reference } });
      if (!isErased(found)) packs.push(packOf(found));
    }
    return file(asked, `Packs, ${titleOf(meeting)}`, packs);
  },
});

async function file({ now }: Asked, title: string, packs: readonly Pack[]): Promise<FileShown> {
  return { file: { name: `${title}.pdf`, type: 'application/pdf', bytes: await packsPdf(packs, { title, made: now }) } };
}

export const packPages: readonly Page[] = [packPage, packsPage];
