//! Pupils of a file, numbered in the order in which they appear.

use std::collections::HashMap;

use domain::nummers::Vestigingscode;

/// The pupils, each with a number from 0. Looking one up copies nothing.
#[derive(Debug, Default)]
pub(super) struct Leerlingen {
    by_school: HashMap<Vestigingscode, HashMap<Box<str>, u32>>,
    names: Vec<(Vestigingscode, Box<str>)>,
    last: Option<u32>,
}

impl Leerlingen {
    /// The number of a pupil, which is new when it was not seen before.
    pub fn number(&mut self, vestiging: Vestigingscode, leerlingnummer: &str) -> u32 {
        // Rows of one pupil mostly stand together.
        if let Some(last) = self.last
            && self.name(last).is_some_and(|(school, name)| school == vestiging && name == leerlingnummer)
        {
            return last;
        }
        let school = self.by_school.entry(vestiging).or_default();
        let number = match school.get(leerlingnummer) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                school.insert(leerlingnummer.into(), number);
                self.names.push((vestiging, leerlingnummer.into()));
                number
            }
        };
        self.last = Some(number);
        number
    }

    /// Site and pupil number of the pupil with that number.
    pub fn name(&self, number: u32) -> Option<(Vestigingscode, &str)> {
        let place = usize::try_from(number).ok()?;
        self.names.get(place).map(|(vestiging, name)| (*vestiging, name.as_ref()))
    }
}
